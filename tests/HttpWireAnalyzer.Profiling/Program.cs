using System.Globalization;
using HttpWireAnalyzer.Profiling;

// What the native compiler is told of how often each block of the program runs. hwa reads the captures with counters in
// every method, and what they say together is written as a profile.
if (args is not [var profile, var program, .. { Length: > 0 } captures])
{
    Console.Error.WriteLine("usage: PROFILE.mibc hwa.dll CAPTURE…");
    return 2;
}

ProgramCounts counts = new();
foreach (var capture in captures)
{
    foreach (var command in Workload.CommandsFor(capture))
    {
        counts.Add(CountedRun.Of(program, command));
    }
}

File.WriteAllBytes(profile, new ProfileWriter().Write(counts));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{profile}: {counts.Methods} methods"));
return 0;
