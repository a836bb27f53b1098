import * as tasks from '../../tasks.js';
import { installed } from '../installed.js';

const { worker } = (await installed<{ default: { worker(methods: object): void } }>('workerpool')).default;

worker({ ...tasks });
