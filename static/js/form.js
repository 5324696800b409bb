// What pages on which somebody writes have beyond the others. Every form works without it.
import { livePreview } from "./live_preview.js";
import { keepTyping } from "./keep_typing.js";
import { charactersLeft } from "./characters_left.js";
import { inPlace } from "./in_place.js";
import { liveLines } from "./live_lines.js";

for (const form of document.querySelectorAll("[data-preview]")) {
  livePreview(form);
  keepTyping(form);
}
for (const box of document.querySelectorAll("[data-most]")) charactersLeft(box);
for (const part of document.querySelectorAll("[data-in-place]")) inPlace(part);
for (const form of document.querySelectorAll("[data-live-lines]")) liveLines(form);
document.addEventListener("focusin", ({ target }) => target.matches("[data-select-all]") && target.select());
