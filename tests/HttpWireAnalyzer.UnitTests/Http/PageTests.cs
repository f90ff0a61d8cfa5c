using System.Text;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.TestBuilders.Http;

namespace HttpWireAnalyzer.UnitTests.Http;

/// <summary>Every section of Cases/*.md, in every cut. UPDATE_GOLDEN=1 rewrites the log blocks.</summary>
public sealed class PageTests
{
    public static TheoryData<string> Names
    {
        get
        {
            TheoryData<string> names = [];
            foreach (var path in Directory.EnumerateFiles(Pages.Folder, "*.md").Order(StringComparer.Ordinal))
            {
                names.Add(Path.GetFileNameWithoutExtension(path));
            }

            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_gives_its_log_in_every_cut(string page)
    {
        var path = Path.Combine(Pages.Folder, page + ".md");
        if (Repository.Updates)
        {
            Rewrite(path);
        }

        Case[] cases = [.. Pages.Read(path)];
        Assert.NotEmpty(cases);
        foreach (var one in cases)
        {
            AssertLog(one, Cut.Whole);
            for (var at = 1; at < one.LongestPiece && !one.WholeOnly; at++)
            {
                AssertLog(one, new Cut(at, 0));
            }

            if (!one.WholeOnly)
            {
                AssertLog(one, Cut.OctetByOctet);
            }
        }
    }

    private static void AssertLog(Case one, Cut cut) =>
        Assert.Equal($"{one.Title} {cut}\n{one.Log}", $"{one.Title} {cut}\n{one.Play(cut)}");

    private static void Rewrite(string path)
    {
        Queue<Case> cases = new(Pages.Read(path));
        StringBuilder page = new();
        var inLog = false;
        foreach (var line in File.ReadAllLines(path))
        {
            inLog &= line != "```";
            if (!inLog)
            {
                page.Append(line).Append('\n');
            }

            if (line == "```log")
            {
                inLog = true;
                page.Append(cases.Dequeue().Play(Cut.Whole));
            }
        }

        File.WriteAllText(path, page.ToString());
    }
}
