/** `node http-get.mjs URL` prints the body that URL answers with. */
import { get } from 'node:http';

const url = process.argv[2];
if (url) get(url, (response) => response.pipe(process.stdout));
