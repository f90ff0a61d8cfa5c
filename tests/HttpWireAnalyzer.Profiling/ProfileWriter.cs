using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace HttpWireAnalyzer.Profiling;

/// <summary>
/// Writes counts in the form that the compilers take (.mibc): an assembly whose methods are never run, and say in their
/// instructions which methods were, and how often each block of them.
/// </summary>
internal sealed class ProfileWriter
{
    /// <summary>A mask: each field of each counter is there, as it is.</summary>
    private const int AllFields = 0xF;

    private readonly MetadataBuilder _metadata = new();
    private readonly BlobBuilder _instructions = new();
    private readonly MethodBodyStreamEncoder _bodies;
    private readonly Dictionary<string, UserStringHandle> _strings = [];
    private readonly BlobHandle _noParameters;

    public ProfileWriter()
    {
        _bodies = new MethodBodyStreamEncoder(_instructions);
        BlobBuilder signature = new();
        new BlobEncoder(signature).MethodSignature().Parameters(0, returns => returns.Void(), _ => { });
        _noParameters = _metadata.GetOrAddBlob(signature);
        var name = _metadata.GetOrAddString("profile");
        _metadata.AddModule(0, name, _metadata.GetOrAddGuid(Guid.Empty), default, default);
        _metadata.AddAssembly(name, new Version(0, 0, 0, 0), default, default, default, AssemblyHashAlgorithm.None);
        _metadata.AddTypeDefinition(
            default, default, _metadata.GetOrAddString("<Module>"), default,
            MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
    }

    /// <summary>The file. The same counts give the same octets.</summary>
    public byte[] Write(ProgramCounts counts)
    {
        var dictionary = Code();
        foreach (var (path, methods) in counts.Modules)
        {
            using PEReader module = new(File.OpenRead(path));
            var metadata = module.GetMetadataReader();
            var name = metadata.GetString(metadata.GetAssemblyDefinition().Name);
            var group = Code();
            ReferenceCopier references = new(metadata, _metadata);
            foreach (var (token, method) in methods)
            {
                var handle = (MethodDefinitionHandle)MetadataTokens.EntityHandle(token);
                if (!references.IsGeneric(handle))
                {
                    Write(group, references.ToMethod(handle), method);
                }
            }

            dictionary.LoadString(Text(name + ";"));
            Load(dictionary, Add($"Assemblies_{name};", group));
            dictionary.OpCode(ILOpCode.Pop);
        }

        Add("AssemblyDictionary", dictionary);
        BlobBuilder file = new();
        new ManagedPEBuilder(
            new PEHeaderBuilder(imageCharacteristics: Characteristics.Dll | Characteristics.ExecutableImage),
            new MetadataRootBuilder(_metadata), _instructions, deterministicIdProvider: _ => new BlobContentId(Guid.Empty, 1)).Serialize(file);
        return file.ToArray();
    }

    private void Write(InstructionEncoder group, MemberReferenceHandle method, MethodCounts counts)
    {
        Load(group, method);
        if (counts.Entries > 0)
        {
            group.LoadString(Text("ExclusiveWeight"));
            Load(group, counts.Entries);
        }

        group.LoadString(Text("InstrumentationDataStart"));
        foreach (var counter in counts.Counters)
        {
            foreach (var number in (ReadOnlySpan<long>)[AllFields, counter.Offset, counter.Kind, counter.Count, counter.Other, .. counter.Values])
            {
                Load(group, number);
            }
        }

        group.LoadString(Text("InstrumentationDataEnd"));
        group.OpCode(ILOpCode.Pop);
    }

    private static InstructionEncoder Code() => new(new BlobBuilder());

    private static void Load(InstructionEncoder code, EntityHandle token)
    {
        code.OpCode(ILOpCode.Ldtoken);
        code.Token(token);
    }

    private static void Load(InstructionEncoder code, long number)
    {
        if (number is >= int.MinValue and <= int.MaxValue)
        {
            code.LoadConstantI4((int)number);
        }
        else
        {
            code.LoadConstantI8(number);
        }
    }

    private UserStringHandle Text(string text)
    {
        if (!_strings.TryGetValue(text, out var handle))
        {
            handle = _metadata.GetOrAddUserString(text);
            _strings.Add(text, handle);
        }

        return handle;
    }

    private MethodDefinitionHandle Add(string name, InstructionEncoder code) => _metadata.AddMethodDefinition(
        MethodAttributes.Public | MethodAttributes.Static, MethodImplAttributes.IL, _metadata.GetOrAddString(name),
        _noParameters, _bodies.AddMethodBody(code), default);
}
