using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]

// Timing is measured, and the machine is shared enough as it is.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
