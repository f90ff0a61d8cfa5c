using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace HttpWireAnalyzer.Profiling;

/// <summary>Refers from one assembly's metadata to what another defines, as code outside of it would.</summary>
internal sealed class ReferenceCopier(MetadataReader from, MetadataBuilder to)
{
    private readonly Dictionary<TypeDefinitionHandle, TypeReferenceHandle> _definitions = [];
    private readonly Dictionary<TypeReferenceHandle, TypeReferenceHandle> _references = [];
    private readonly Dictionary<string, AssemblyReferenceHandle> _assemblies = [];

    private string ThisAssembly => from.GetString(from.GetAssemblyDefinition().Name);

    /// <summary>The method, or its type, has type parameters: what they stand for, its counts do not say.</summary>
    public bool IsGeneric(MethodDefinitionHandle handle)
    {
        var method = from.GetMethodDefinition(handle);
        return method.GetGenericParameters().Count > 0
            || from.GetTypeDefinition(method.GetDeclaringType()).GetGenericParameters().Count > 0;
    }

    public MemberReferenceHandle ToMethod(MethodDefinitionHandle handle)
    {
        var method = from.GetMethodDefinition(handle);
        var signature = new SignatureCopier(this).Copy(method);
        return to.AddMemberReference(
            ToDefinition(method.GetDeclaringType()), to.GetOrAddString(from.GetString(method.Name)), to.GetOrAddBlob(signature));
    }

    public TypeReferenceHandle ToDefinition(TypeDefinitionHandle handle)
    {
        if (!_definitions.TryGetValue(handle, out var reference))
        {
            var type = from.GetTypeDefinition(handle);
            var outer = type.GetDeclaringType();
            reference = Add(outer.IsNil ? ToAssembly(ThisAssembly) : ToDefinition(outer), type.Namespace, type.Name);
            _definitions.Add(handle, reference);
        }

        return reference;
    }

    public TypeReferenceHandle ToReference(TypeReferenceHandle handle)
    {
        if (!_references.TryGetValue(handle, out var reference))
        {
            var type = from.GetTypeReference(handle);
            EntityHandle scope = type.ResolutionScope.Kind switch
            {
                HandleKind.TypeReference => ToReference((TypeReferenceHandle)type.ResolutionScope),
                HandleKind.AssemblyReference =>
                    ToAssembly(from.GetString(from.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)),
                _ => ToAssembly(ThisAssembly),
            };
            reference = Add(scope, type.Namespace, type.Name);
            _references.Add(handle, reference);
        }

        return reference;
    }

    private TypeReferenceHandle Add(EntityHandle scope, StringHandle space, StringHandle name) =>
        to.AddTypeReference(scope, to.GetOrAddString(from.GetString(space)), to.GetOrAddString(from.GetString(name)));

    private AssemblyReferenceHandle ToAssembly(string name)
    {
        if (!_assemblies.TryGetValue(name, out var reference))
        {
            reference = to.AddAssemblyReference(to.GetOrAddString(name), new Version(0, 0, 0, 0), default, default, default, default);
            _assemblies.Add(name, reference);
        }

        return reference;
    }
}
