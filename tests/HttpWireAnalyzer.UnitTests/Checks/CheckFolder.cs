using System.Text;
using HttpWireAnalyzer.Cli;
using HttpWireAnalyzer.UnitTests.Findings;

namespace HttpWireAnalyzer.UnitTests.Checks;

/// <summary>A folder with a spec and captures, and hwa run in front of it as a user does.</summary>
internal sealed class CheckFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hwa-check-");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public Dictionary<string, string> Variables { get; } = [];

    public CheckFolder Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this;
    }

    public CheckFolder Write(string name, byte[] octets)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], octets);
        return this;
    }

    public string Read(string name) => File.ReadAllText(this[name]);

    /// <summary>A spec of these assertions over the scene, and what hwa check says; paths in it are as if in this folder.</summary>
    public (int Code, string Output, string Error) Check(Scene scene, string assertions, string head = "", params string[] options)
    {
        Write("scene.pcap", scene.Capture());
        Write("spec.yaml", $"version: 1\ncaptures: scene.pcap\n{head}\nassertions:\n{assertions}\n");
        return Run(["check", this["spec.yaml"], .. options]);
    }

    public (int Code, string Output, string Error) Run(params string[] args) => Run([], args);

    public (int Code, string Output, string Error) Run(byte[] input, params string[] args)
    {
        using var output = new MemoryStream();
        var error = new StringWriter { NewLine = "\n" };
        var code = Hwa.Run(args, new Terminal
        {
            Input = new MemoryStream(input),
            Output = output,
            Error = error,
            Variable = Variables.GetValueOrDefault,
        });
        return (code, Relative(Encoding.UTF8.GetString(output.ToArray())), Relative(error.ToString()));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Relative(string text) => text.Replace(_folder.FullName + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
}
