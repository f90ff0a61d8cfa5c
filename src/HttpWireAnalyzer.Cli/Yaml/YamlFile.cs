using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Capture;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace HttpWireAnalyzer.Cli.Yaml;

/// <summary>
/// Reads a file's YAML: maps, lists and scalars, in bounds. Anchors and aliases are refused: nothing in a file is then
/// larger than the file.
/// </summary>
internal sealed class YamlFile
{
    /// <summary>What a person writes fits a hundred times.</summary>
    public const int MostOctets = 1 << 20;

    /// <summary>The deepest key of a spec stands at 6.</summary>
    public const int MostLevels = 16;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly YamlSource _source;
    private readonly YamlKind _kind;
    private readonly Parser _parser;

    private YamlFile(YamlSource source, YamlKind kind)
    {
        _source = source;
        _kind = kind;
        _parser = new Parser(new StringReader(source.Text));
    }

    /// <summary>Null where nothing stands in it.</summary>
    /// <exception cref="YamlFileException">It is no YAML, or more of it than there can be.</exception>
    /// <exception cref="UsageException">The file cannot be read.</exception>
    public static YamlMap? Read(string path, YamlKind kind, out YamlSource source)
    {
        source = new YamlSource(path, Load(path, kind));
        var yaml = new YamlFile(source, kind);
        try
        {
            return yaml.ReadDocument();
        }
        catch (YamlException error)
        {
            throw YamlAdvice.On(error, source);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException)
        {
            // The scanner has these for some texts that are no YAML, and says no place: it is behind the last event.
            throw source.Wrong(yaml._parser.Current?.End ?? Mark.Empty, 1, "this is no YAML: is a bracket or a quote left open?");
        }
    }

    private static string Load(string path, YamlKind kind)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            var octets = new byte[MostOctets + 1];
            var length = file.ReadAtLeast(octets, octets.Length, throwOnEndOfStream: false);
            return length <= MostOctets
                ? Decode(octets.AsSpan(0, length), path)
                : throw new UsageException($"{path}: {kind.Name} has at most {MostOctets} octets.");
        }
        catch (Exception error) when (OpenFailure.IsOne(error))
        {
            throw new UsageException($"{path}: expected {kind.Name}, found {OpenFailure.Found(path, error)}");
        }
    }

    /// <summary>UTF-8, or UTF-16 where its mark says so (YAML 1.2.2 §5.2), as some shells write what is redirected.</summary>
    private static string Decode(ReadOnlySpan<byte> octets, string path)
    {
        try
        {
            return octets switch
            {
                [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(octets[2..]),
                [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(octets[2..]),
                [0xEF, 0xBB, 0xBF, ..] => StrictUtf8.GetString(octets[3..]),
                _ => StrictUtf8.GetString(octets),
            };
        }
        catch (DecoderFallbackException error)
        {
            var line = 1 + octets[..error.Index].Count((byte)'\n');
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture, $"{path}:{line}: expected UTF-8, found the octet {error.BytesUnknown![0]:x2}"));
        }
    }

    private YamlMap? ReadDocument()
    {
        _parser.MoveNext();
        Next();
        if (_parser.Current is StreamEnd)
        {
            return null;
        }

        Next();
        var root = ReadNode(0);
        if (root is not YamlMap map)
        {
            throw _source.Wrong(root, $"keys and values are wanted here, such as {_kind.Example}");
        }

        Next();
        return _parser.Current is StreamEnd ? map
            : throw _source.Wrong(_parser.Current!.Start, 1, "a file is one document: nothing may stand behind '---'.");
    }

    /// <summary>The node that begins at the current event; afterwards the event behind it is the current one.</summary>
    private YamlNode ReadNode(int level)
    {
        var begin = _parser.Current!;
        if (level > MostLevels)
        {
            throw _source.Wrong(begin.Start, 1, $"{_kind.Name} is at most {MostLevels} levels deep.");
        }

        if (begin is AnchorAlias || begin is NodeEvent { Anchor.IsEmpty: false })
        {
            throw _source.Wrong(begin.Start, 1, "anchors and aliases (& and *) are not read: write it out; a text that begins so stands in quotes.");
        }

        // Else each: ! conn.midstream would be read as conn.midstream.
        if (begin is NodeEvent { Tag.IsEmpty: false })
        {
            throw _source.Wrong(begin.Start, 1, "tags (!) are not read; a filter that begins so stands in quotes: '!conn.midstream'.");
        }

        Next();
        switch (begin)
        {
            case Scalar scalar:
                return new YamlScalar(scalar.Value, scalar.Style, scalar.Start, scalar.End);
            case SequenceStart:
                var items = new List<YamlNode>();
                while (_parser.Current is not SequenceEnd)
                {
                    items.Add(ReadNode(level + 1));
                }

                return new YamlList(items, begin.Start, EndOfParent());
            case MappingStart:
                return ReadMap(begin, level);
            default:
                throw _source.Wrong(begin.Start, 1, "a value is wanted here.");
        }
    }

    private YamlMap ReadMap(ParsingEvent begin, int level)
    {
        var entries = new List<(YamlScalar, YamlNode)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (_parser.Current is not MappingEnd)
        {
            var key = ReadNode(level + 1);
            if (key is not YamlScalar name)
            {
                throw _source.Wrong(key, "a key is a word.");
            }

            if (!seen.Add(name.Value))
            {
                throw _source.Wrong(name, $"'{name.Value}' stands here twice.");
            }

            entries.Add((name, ReadNode(level + 1)));
        }

        return new YamlMap(entries, begin.Start, EndOfParent());
    }

    private Mark EndOfParent()
    {
        var end = _parser.Current!.End;
        Next();
        return end;
    }

    private void Next() => _parser.MoveNext();
}

/// <summary>What a file is, for messages.</summary>
/// <param name="Name">With its article.</param>
/// <param name="Example">What may stand at its top.</param>
internal sealed record YamlKind(string Name, string Example);
