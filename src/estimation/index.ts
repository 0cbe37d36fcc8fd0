export { proxyMetrics, proxyMetricsByWindow, proxyWindows, type WindowLength } from './proxy-metrics.ts';
