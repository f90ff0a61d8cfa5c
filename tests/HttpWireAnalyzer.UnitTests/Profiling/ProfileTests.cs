using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using HttpWireAnalyzer.Profiling;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.UnitTests.Profiling;

public sealed class ProfileTests
{
    /// <summary>Of a program that has changed since a profile was made, the compiler takes what is still true.</summary>
    private const double LeastKnown = 0.9;

    private static readonly string Committed = Path.Combine(
        Repository.Root, "src", "HttpWireAnalyzer.Cli", "Properties", "PublishProfiles", "hwa.mibc");

    [Fact]
    public void A_method_is_named_with_the_types_of_its_signature()
    {
        var profile = Write(nameof(Sample), nameof(Generic));

        Assert.Equal(
            [(typeof(ProfileTests).FullName!, nameof(Sample))], MethodsOf(profile).Select(method => (method.Type, method.Name)));
        Assert.Equal(profile, Write(nameof(Sample), nameof(Generic)));
    }

    /// <summary>Where fewer are, .ci/dev profile makes it anew.</summary>
    [Fact]
    public void Most_methods_of_the_profile_are_in_the_program()
    {
        List<(string Type, string Name)> ours =
            [.. MethodsOf(File.ReadAllBytes(Committed)).Where(method => method.Type.StartsWith("HttpWireAnalyzer.", StringComparison.Ordinal))];
        Assembly[] rooms = [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "HttpWireAnalyzer.*.dll").Select(Assembly.LoadFrom)];

        var known = ours.Count(method => rooms.Any(room => Has(room, method.Type, method.Name)));
        Assert.True(ours.Count > 1000, $"{ours.Count} methods");
        Assert.True(known >= LeastKnown * ours.Count, $"{known} of {ours.Count} methods");
    }

    private static bool Has(Assembly room, string type, string method) => room.GetType(type)?.GetMember(
        method, MemberTypes.Method | MemberTypes.Constructor, BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic
            | BindingFlags.Static | BindingFlags.Instance).Length > 0;

    private static byte[] Write(params string[] methods)
    {
        ProgramCounts counts = new();
        foreach (var method in methods)
        {
            var token = typeof(ProfileTests).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MetadataToken;
            counts.Add(typeof(ProfileTests).Assembly.Location, token, MethodCounts.Decode(Convert.FromHexString("1E00808202000A04BF7F")));
        }

        return new ProfileWriter().Write(counts);
    }

    private static IEnumerable<(string Type, string Name)> MethodsOf(byte[] profile)
    {
        using PEReader file = new(new MemoryStream(profile));
        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata.MemberReferences.Select(metadata.GetMemberReference).Select(member =>
                (NameOf(metadata, (TypeReferenceHandle)member.Parent), metadata.GetString(member.Name))),
        ];
    }

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(metadata, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : type.Namespace.IsNil ? name : $"{metadata.GetString(type.Namespace)}.{name}";
    }

    private static int Sample(Dictionary<string, int[]> values, ref ProfileTests one, out int[,] two)
    {
        two = new int[1, 1];
        return values.Count + (one is null ? 0 : 1);
    }

    private static T Generic<T>(T value) => value;
}
