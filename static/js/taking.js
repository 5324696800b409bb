// What pages from which something is taken along have beyond the others: copying, sending on, printing, notes of one's own.
import { attach } from "./attach.js";
import { copy } from "./copy.js";
import { ownNote } from "./own_note.js";
import { print } from "./print.js";
import { sendOn } from "./send_on.js";

attach({ copy, own_note: ownNote, print, send_on: sendOn });
