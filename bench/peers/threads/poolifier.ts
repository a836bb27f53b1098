import * as tasks from '../../tasks.js';
import { installed } from '../installed.js';

const { ThreadWorker } = await installed<{ ThreadWorker: new (tasks: object) => object }>('poolifier');

export default new ThreadWorker({ ...tasks });
