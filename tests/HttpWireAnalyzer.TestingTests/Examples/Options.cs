using HttpWireAnalyzer.Testing;

[assembly: WireOptions(Results = "TestResults/captures")]
