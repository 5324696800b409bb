// Attaches each small behaviour to the elements that ask for it: data-enhance="tidy live_count".
// Every page works without this file; what only works with it is hidden until html has the class "js".
import { appearance } from "./appearance.js";
import { back } from "./back.js";
import { closing } from "./closing.js";
import { combobox } from "./combobox.js";
import { copy } from "./copy.js";
import { errorSummary } from "./error_summary.js";
import { comparing } from "./comparing.js";
import { findInList } from "./find_in_list.js";
import { liveCount } from "./live_count.js";
import { ownNote } from "./own_note.js";
import { print } from "./print.js";
import { saving } from "./saving.js";
import { sheet } from "./sheet.js";
import { tidy } from "./tidy.js";

const behaviours = {
  appearance,
  back,
  closing,
  combobox,
  copy,
  comparing,
  error_summary: errorSummary,
  find_in_list: findInList,
  live_count: liveCount,
  own_note: ownNote,
  print,
  saving,
  sheet,
  tidy,
};

document.documentElement.classList.add("js");
for (const element of document.querySelectorAll("[data-enhance]")) {
  for (const name of element.dataset.enhance.split(" ")) behaviours[name]?.(element);
}
