const { isMainThread } = require('node:worker_threads');

exports.wordCount = (text) => text.split(/\s+/).length;

exports.onAThread = () => !isMainThread;
