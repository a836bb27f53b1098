// immer with patches: see dayjs.mjs.
import { enablePatches } from 'immer';

enablePatches();

export { produceWithPatches } from 'immer';
