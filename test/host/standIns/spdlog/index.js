import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

class Logger {
  #file;
  #level = 2;
  #bare = false;

  constructor(file) {
    mkdirSync(dirname(file), { recursive: true });
    this.#file = file;
  }

  #log(level, message) {
    if (level < this.#level) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    appendFileSync(this.#file, this.#bare ? message : `${time} [${names[level]}] ${message}\n`);
  }

  trace = (message) => this.#log(0, message);
  debug = (message) => this.#log(1, message);
  info = (message) => this.#log(2, message);
  warn = (message) => this.#log(3, message);
  error = (message) => this.#log(4, message);
  critical = (message) => this.#log(5, message);
  getLevel = () => this.#level;
  setLevel = (level) => void (this.#level = level);
  clearFormatters = () => void (this.#bare = true);
  setPattern = () => undefined;
  flush = () => undefined;
  drop = () => undefined;
}

export const version = 0;
export const setLevel = () => undefined;
export const setFlushOn = () => undefined;
export const createRotatingLogger = async (_name, file) => new Logger(file);
export const createAsyncRotatingLogger = createRotatingLogger;
