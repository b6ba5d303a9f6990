// The public face of the database layer: import from here, and move what is behind it as you like.
export {
  ConfigurationError,
  type ConfigurationProblem,
} from "./config/configuration-error.ts";
export type { ConnectionTarget } from "./config/connection-target.ts";
export { DatabaseConfig, getDatabaseConfig } from "./config/database-config.ts";
export type { DatabaseType } from "./config/database-type.ts";
export type { DatabaseConfigInput } from "./config/settings.ts";
export type { ConfigSources } from "./config/sources.ts";
// {{#if draining}}
export {
  ConnectionDrainer,
  drainConnections,
} from "./draining/connection-drainer.ts";
export type { DrainOptions, DrainResult } from "./draining/drain-options.ts";
export { DrainingMode } from "./draining/draining-mode.ts";
export {
  type HttpShutdownOptions,
  type HttpShutdownResult,
  shutdownHttpServer,
  shutdownOnSignals,
  type ShutdownStep,
} from "./draining/http-shutdown.ts";
export {
  drainWithSignalHandler,
  type SignalDrainOptions,
} from "./draining/signal-drain.ts";
// {{/if}}
export {
  createEngineFromConfig,
  type Engine,
  type EngineOptions,
} from "./engine.ts";
export type {
  DatabaseConnection,
  DatabaseEngine,
} from "./engines/database-engine.ts";
export { getEngineForConfig } from "./engines/index.ts";
// {{#if postgres}}
export { PostgreSQLEngine } from "./engines/postgres.ts";
// {{/if}}
// {{#if sqlite}}
export { SQLiteEngine } from "./engines/sqlite.ts";
// {{/if}}
export {
  DatabaseLayerError,
  PoolClosedError,
  PoolTimeoutError,
} from "./errors.ts";
export { cleanupDatabase } from "./lifecycle/cleanup.ts";
export {
  checkHealth,
  healthCheck,
  type HealthOptions,
  type HealthReport,
} from "./lifecycle/health.ts";
export { type DatabaseInfo, getDatabaseInfo } from "./lifecycle/info.ts";
export {
  HealthMonitor,
  type HealthMonitorOptions,
} from "./lifecycle/monitor.ts";
export { formatPoolStatus } from "./lifecycle/pool-line.ts";
export {
  dropAllTables,
  type DropOptions,
  initDatabase,
  type InitOptions,
} from "./lifecycle/tables.ts";
export { defaultLogger, type Logger } from "./logger.ts";
// {{#if migrations}}
export {
  MigrationLockLostError,
  MigrationLockTimeoutError,
} from "./engines/migration-lock.ts";
export {
  InvalidMigrationsError,
  MigrationDriftError,
  MigrationFailedError,
} from "./migrations/migration-errors.ts";
export type {
  Migration,
  MigrationContext,
  MigrationStep,
} from "./migrations/migration.ts";
export type {
  MigrationStatus,
  MigratorOptions,
} from "./migrations/migrator-options.ts";
export { createMigrator, type Migrator } from "./migrations/migrator.ts";
// {{/if}}
// {{#if observability}}
export {
  type DatabaseMetricsOptions,
  observeDatabase,
} from "./observability/database-metrics.ts";
export type { Meter } from "./observability/meter.ts";
export { PrometheusMeter } from "./observability/prometheus.ts";
export {
  logSlowStatements,
  type SlowStatement,
  type SlowStatementOptions,
} from "./observability/slow-statements.ts";
// {{/if}}
// {{#if retryMetrics}}
export { countRetries } from "./observability/retry-metrics.ts";
// {{/if}}
// {{#if drainMetrics}}
export { recordDrains } from "./observability/drain-metrics.ts";
// {{/if}}
export type { EnginePool, PoolStatus } from "./pool/engine-pool.ts";
// {{#if resilience}}
export {
  DatabaseErrorClassifier,
  isDatabaseErrorRetryable,
} from "./resilience/classifier.ts";
export { CommitInDoubtError } from "./resilience/commit-in-doubt.ts";
export { ErrorCategory } from "./resilience/error-category.ts";
export {
  DEFAULT_RETRY_CONFIG,
  RetryConfig,
  type RetryConfigOptions,
} from "./resilience/retry-config.ts";
export {
  type RetryHistory,
  retryHistoryOf,
} from "./resilience/retry-history.ts";
export {
  retryOnDbError,
  type RetryNotice,
  type RetryOptions,
} from "./resilience/retry.ts";
export { RetryableOperation } from "./resilience/retryable-operation.ts";
export { TransactionLostError } from "./resilience/transaction-lost.ts";
export {
  retryTransaction,
  type TransactionRetryOptions,
} from "./resilience/transaction-retry.ts";
// {{/if}}
// {{#if sessionRetry}}
export {
  retrySession,
  type SessionRetryOptions,
} from "./resilience/session-retry.ts";
// {{/if}}
// {{#if sessions}}
export { Result } from "./session/result.ts";
export {
  ResultError,
  SessionClosedError,
  SessionFailedError,
  SessionStateError,
} from "./session/session-error.ts";
export {
  createEngineAndSessionFactory,
  createSessionFactory,
  type EngineAndSessionFactory,
  type SessionFactory,
} from "./session/session-factory.ts";
export type {
  IsolationLevel,
  SessionOptions,
} from "./session/session-options.ts";
export type { SessionTransaction } from "./session/session-transaction.ts";
export { Session } from "./session/session.ts";
// {{/if}}
