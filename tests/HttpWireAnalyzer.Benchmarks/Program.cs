using BenchmarkDotNet.Running;
using HttpWireAnalyzer.Benchmarks;

BenchmarkSwitcher.FromTypes([typeof(StageBenchmarks)]).Run(args);
