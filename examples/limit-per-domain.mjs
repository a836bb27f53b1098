/**
 * A limit a domain, made at the first call for it and dropped when none is left.
 * Eight requests alternate between two servers: at most two in flight at each, four together; the results keep the order of asking.
 */
import { KeyedConcurrencyLimit } from 'run-in-executor';
import { localServer, oneToThree } from './parts/local-server.mjs';
import { say } from './parts/timeline.mjs';

const servers = [await localServer(oneToThree), await localServer(oneToThree)];
const urls = Array.from({ length: 8 }, (_, n) => `${servers[n % 2].url}/${n}`);
const perDomain = new KeyedConcurrencyLimit(2);

// At definition: every call of getPage is under the limit of its URL's host.
const getPage = perDomain.wrap(fetchPage, (url) => new URL(url).host);
const pages = await Promise.all(urls.map((url) => getPage(url)));
say('main', `getPage: ${pages.join(' ')}`);

// At the moment of a call, for a function that knows nothing of limits.
const again = await Promise.all(urls.map((url) => perDomain.run(new URL(url).host, fetchPage, url)));
say('main', `run:     ${again.join(' ')}`);

for (const [n, { counts }] of servers.entries()) say('main', `server ${n}: ${counts.all} requests, at most ${counts.most} at once`);
say('main', `limits remembered: ${perDomain.size}`);
for (const server of servers) server.close();

async function fetchPage(url) {
  const path = new URL(url).pathname;
  say('main', `start ${path}`);
  await fetch(url).then((response) => response.text());
  say('main', `end   ${path}`);
  return path;
}
