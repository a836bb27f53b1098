/** All scenarios, in the order of the page. */
import type { Scenario } from '../scenario.js';
import { aborting } from './aborting.js';
import { apart } from './apart.js';
import { blocking } from './blocking.js';
import { burst } from './burst.js';
import { crossing } from './crossing.js';
import { delay } from './delay.js';
import { growth } from './growth.js';
import { inFlight } from './in-flight.js';
import { map } from './map.js';
import { memory } from './memory.js';
import { mixed } from './mixed.js';
import { payloads } from './payloads.js';
import { python } from './python.js';
import { serial } from './serial.js';
import { service } from './service.js';
import { carried } from './shapes.js';
import { start } from './start.js';

export const scenarios: readonly Scenario[] = [
  serial,
  apart,
  burst,
  growth,
  aborting,
  inFlight,
  mixed,
  map,
  payloads,
  carried,
  blocking,
  delay,
  service,
  start,
  memory,
  crossing,
  python,
];
