using System.Security.Cryptography;

namespace HttpWireAnalyzer.Testing;

/// <summary>Copies captures that did not pass to where a build keeps the results of its tests.</summary>
/// <remarks>A copy is named by its octets: claims that fail on one capture make one copy.</remarks>
internal static class KeptCaptures
{
    /// <summary>Names the folder; without it, <see cref="WireOptionsAttribute.Results"/> does. Empty: nothing is copied.</summary>
    public const string Variable = "HWA_TEST_RESULTS";

    /// <summary>Octets of the digest in a name.</summary>
    private const int NameOctets = 4;

    /// <summary>Where the copies are. A file that cannot be copied is none: the claim is what is to be told.</summary>
    public static IReadOnlyList<string> Keep(IReadOnlyList<string> paths)
    {
        var folder = Environment.GetEnvironmentVariable(Variable) ?? FolderOf(WireOptionsAttribute.Current.Results);
        return folder.Length == 0 ? [] : [.. paths.Select(path => Copy(path, folder)).OfType<string>()];
    }

    private static string FolderOf(string results) => results.Length == 0 ? "" : Path.Combine(AppContext.BaseDirectory, results);

    private static string? Copy(string path, string folder)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var digest = Convert.ToHexStringLower(SHA256.HashData(file).AsSpan(0, NameOctets));
            var copy = Path.GetFullPath(Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(path)}-{digest}{Path.GetExtension(path)}"));
            Directory.CreateDirectory(folder);
            File.Copy(path, copy, overwrite: true);
            return copy;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
