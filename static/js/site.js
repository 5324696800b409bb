// Attaches each small behaviour to the elements that ask for it: data-enhance="tidy live_count".
// Every page works without this file; what only works with it is hidden until html has the class "js".
import { attach } from "./attach.js";
import { appearance } from "./appearance.js";
import { back } from "./back.js";
import { closing } from "./closing.js";
import { combobox } from "./combobox.js";
import { comparing } from "./comparing.js";
import { errorSummary } from "./error_summary.js";
import { findInList } from "./find_in_list.js";
import { liveCount } from "./live_count.js";
import { saving } from "./saving.js";
import { sheet } from "./sheet.js";
import { tidy } from "./tidy.js";

const behaviours = {
  appearance,
  back,
  closing,
  combobox,
  comparing,
  error_summary: errorSummary,
  find_in_list: findInList,
  live_count: liveCount,
  saving,
  sheet,
  tidy,
};

document.documentElement.classList.add("js");
attach(behaviours);
