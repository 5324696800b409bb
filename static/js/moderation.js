// What moderators' pages have beyond the others. Every form works without it.
import { decision } from "./decision.js";

for (const form of document.querySelectorAll("[data-enhance-here=decision]")) decision(form);
