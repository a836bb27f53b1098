/** `run-in-executor` is the one that this repository builds. In a service of your own it is a dependency like the others. */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';

const place = new URL('node_modules/run-in-executor', import.meta.url);

mkdirSync(new URL('.', place), { recursive: true });
rmSync(place, { force: true });
symlinkSync('../../..', place, 'junction');
