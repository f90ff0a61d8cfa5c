using System.Globalization;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.GoldenTests;

/// <summary>
/// Spoils captures, seeded, and sends them through the whole of hwa. Only three things can fail: an exception, a
/// run that does not end, a raw control octet in what is printed.
/// </summary>
public sealed class MutationTests
{
    /// <summary>Spoilt copies of each capture; .ci/dev fuzz asks for more.</summary>
    private static readonly int Rounds = int.Parse(
        Environment.GetEnvironmentVariable("HWA_FUZZ_ROUNDS") ?? "4", CultureInfo.InvariantCulture);

    /// <summary>Larger captures of the corpus are left to .ci/dev fuzz: their mutants cost seconds each.</summary>
    private const int LargestInCi = 200_000;

    [Fact]
    public void Spoilt_captures_of_the_library_are_survived() =>
        SurviveAll(Repository.Cases.Select(Repository.CaptureOf));

    [Fact]
    public void Spoilt_captures_of_other_projects_are_survived() =>
        SurviveAll(Repository.Corpus.Where(file => Rounds > 4 || new FileInfo(file).Length <= LargestInCi));

    private static void SurviveAll(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            var whole = File.ReadAllBytes(file);
            for (var round = 0; round < Rounds; round++)
            {
                var seed = (whole.Length * 31) + round;
                Survive(Spoil(whole, seed), $"{Path.GetFileName(file)}, seed {seed}");
            }
        }
    }

    private static void Survive(byte[] capture, string which)
    {
        foreach (var args in (string[][])[["conns", "--json", "--exchanges", "--digest", "-"], ["summary", "-"], ["story", "-", "0"]])
        {
            Answer answer;
            try
            {
                answer = Command.Run(capture, args);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"{which}: hwa {string.Join(' ', args)}", error);
            }

            Assert.True(answer.ExitCode is 0 or 2 or 3, $"{which}: exit code {answer.ExitCode}");
            Assert.False(
                (answer.Output + answer.Error).Any(letter => char.IsControl(letter) && letter is not ('\n' or '\t')),
                $"{which}: a control octet in the output");
        }
    }

    private static byte[] Spoil(byte[] whole, int seed)
    {
        var random = new Random(seed);
        var octets = (byte[])whole.Clone();
        switch (random.Next(5))
        {
            case 0:
                return octets[..random.Next(octets.Length)];
            case 1:
                // A length or an offset somewhere.
                FillRandomly(octets, random, 4, (byte)(random.Next(2) * 255));
                return octets;
            case 2:
                return Splice(octets, random);
            default:
                for (var i = random.Next(1, 64); i > 0; i--)
                {
                    octets[random.Next(octets.Length)] ^= (byte)(1 << random.Next(8));
                }

                return octets;
        }
    }

    private static void FillRandomly(byte[] octets, Random random, int length, byte value)
    {
        for (var i = random.Next(1, 8); i > 0; i--)
        {
            var at = random.Next(octets.Length);
            octets.AsSpan(at, Math.Min(length, octets.Length - at)).Fill(value);
        }
    }

    // Octets of one place written over another: packets repeated, reordered, grown together.
    private static byte[] Splice(byte[] octets, Random random)
    {
        var length = random.Next(1, Math.Min(octets.Length, 2000));
        var from = random.Next(octets.Length - length + 1);
        var to = random.Next(octets.Length - length + 1);
        octets.AsSpan(from, length).ToArray().CopyTo(octets, to);
        return octets;
    }
}
