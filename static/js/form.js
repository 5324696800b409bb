// What pages on which somebody writes have beyond the others. Every form works without it.
import { livePreview } from "./live_preview.js";
import { charactersLeft } from "./characters_left.js";
import { copy } from "./copy.js";
import { inPlace } from "./in_place.js";

for (const form of document.querySelectorAll("[data-preview]")) livePreview(form);
for (const box of document.querySelectorAll("[data-most]")) charactersLeft(box);
for (const button of document.querySelectorAll("[data-copy]")) copy(button);
for (const part of document.querySelectorAll("[data-in-place]")) inPlace(part);
document.addEventListener("focusin", ({ target }) => target.matches("[data-select-all]") && target.select());
