// dayjs with its plug-ins: what is set up in a module of its own is set up in every thread that imports it.
import dayjs from 'dayjs';
import duration from 'dayjs/plugin/duration.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
dayjs.extend(duration);

export default dayjs;
