/** Log lines: pino to standard error, one line of JSON each, or plain text for a person at a terminal. */
import type { FastifyBaseLogger } from "fastify";
import pino from "pino";

export type Logger = {
  readonly pino: FastifyBaseLogger;
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
};

/** Nothing of a request but its route, method and status is logged, so there is nothing to redact but headers. */
export function createLog(level: string): Logger {
  const logger = pino({ level, redact: ["req.headers", "headers", "body"], base: null }, pino.destination({ dest: 2, sync: false }));
  return { pino: logger, info: (text) => logger.info(text), warn: (text) => logger.warn(text), error: (text) => logger.error(text) };
}
