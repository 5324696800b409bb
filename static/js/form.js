// What pages on which somebody writes have beyond the others. Every form works without it.
import { livePreview } from "./live_preview.js";
import { keepTyping } from "./keep_typing.js";
import { charactersLeft } from "./characters_left.js";

for (const form of document.querySelectorAll("[data-preview]")) {
  livePreview(form);
  keepTyping(form);
}
for (const box of document.querySelectorAll("[data-most]")) charactersLeft(box);
