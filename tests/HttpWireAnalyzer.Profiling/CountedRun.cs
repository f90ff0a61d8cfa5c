using System.Diagnostics;
using Microsoft.Diagnostics.Tracing;

namespace HttpWireAnalyzer.Profiling;

/// <summary>One run of the program with counters in every method, and what they said when it ended.</summary>
internal static class CountedRun
{
    /// <summary>Of the runtime's provider: the counters of each method, as its code is thrown away or the program ends.</summary>
    private const int JitInstrumentationData = 298;

    /// <summary>Its keyword, and those of the loader and of compilation, which name the modules; verbose.</summary>
    private const string Events = "Microsoft-Windows-DotNETRuntime:0x10000080018:5";

    /// <summary>Compiled at run time, once, with counters, and not again where a loop is hot.</summary>
    private static readonly (string Name, string Value)[] Settings =
    [
        ("DOTNET_ReadyToRun", "0"),
        ("DOTNET_TieredPGO", "1"),
        ("DOTNET_TieredPGO_InstrumentOnlyHotCode", "0"),
        ("DOTNET_TC_CallCounting", "0"),
        ("DOTNET_TC_OnStackReplacement_InitialCounter", "2000000000"),
        ("DOTNET_OSR_HitLimit", "2000000000"),
        ("DOTNET_EnableEventPipe", "1"),
        ("DOTNET_EventPipeConfig", Events),
        ("DOTNET_EventPipeCircularMB", "1024"),
    ];

    /// <exception cref="InvalidOperationException">The program did not run to its end.</exception>
    public static ProgramCounts Of(string program, string[] arguments)
    {
        var trace = Path.GetTempFileName();
        try
        {
            Run(program, arguments, trace);
            return Read(trace);
        }
        finally
        {
            File.Delete(trace);
        }
    }

    private static void Run(string program, string[] arguments, string trace)
    {
        ProcessStartInfo start = new("dotnet", [program, .. arguments]) { RedirectStandardOutput = true };
        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        start.Environment["DOTNET_EventPipeOutputPath"] = trace;
        using var process = Process.Start(start)!;
        process.StandardOutput.BaseStream.CopyTo(Stream.Null);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}");
        }
    }

    private static ProgramCounts Read(string trace)
    {
        Dictionary<long, string> modules = [];
        List<(long Module, int Token, byte[] Counts)> methods = [];
        using EventPipeEventSource source = new(trace);
        source.Clr.LoaderModuleLoad += module => modules[module.ModuleID] = module.ModuleILPath;
        source.Clr.All += data =>
        {
            if ((int)data.ID == JitInstrumentationData)
            {
                methods.Add(Fields(data));
            }
        };
        source.Process();

        ProgramCounts counts = new();
        foreach (var (module, token, encoded) in methods)
        {
            // What was made at run time is in no file.
            if (modules.TryGetValue(module, out var path) && File.Exists(path))
            {
                counts.Add(path, token, MethodCounts.Decode(encoded));
            }
        }

        return counts;
    }

    /// <summary>ClrInstanceID, 2 octets; MethodFlags, 4; DataSize, 4; MethodID, 8; ModuleID, 8; MethodToken, 4; Data.</summary>
    private static (long Module, int Token, byte[] Counts) Fields(TraceEvent data)
    {
        var octets = data.EventData();
        var size = BitConverter.ToInt32(octets, 6);
        return (BitConverter.ToInt64(octets, 18), BitConverter.ToInt32(octets, 26), octets[^size..]);
    }
}
