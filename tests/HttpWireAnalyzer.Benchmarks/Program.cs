using BenchmarkDotNet.Running;
using HttpWireAnalyzer.Benchmarks;

BenchmarkSwitcher.FromTypes([typeof(StageBenchmarks), typeof(ScreenBenchmarks), typeof(TuiBenchmarks)]).Run(args);
