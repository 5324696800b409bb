// For pages that go on paper: nothing but the button that prints.
import { print } from "./print.js";

document.documentElement.classList.add("js");
for (const button of document.querySelectorAll("[data-enhance=print]")) print(button);
