using System.Reflection;
using System.Security.Cryptography;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Simulation.PlugIns;

/// <summary>A .NET assembly with parts of studies. Immutable.</summary>
internal sealed class PlugInAssembly
{
    private PlugInAssembly(string name, string hash, IReadOnlyList<Type> types)
    {
        Name = name;
        Hash = hash;
        Types = types;
    }

    /// <summary>The file's name without its folder.</summary>
    public string Name { get; }

    /// <summary>The beginning of the SHA-256 of its bytes: 16 hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>Its public types that can be made.</summary>
    public IReadOnlyList<Type> Types { get; }

    /// <summary>Loads an assembly.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">There is none, it is not a .NET assembly, or what it builds on is missing.</exception>
    public static PlugInAssembly Load(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            using var stream = new MemoryStream(bytes);
            var assembly = new PlugInContext(path).LoadFromStream(stream);
            return new PlugInAssembly(Path.GetFileName(path), Convert.ToHexStringLower(SHA256.HashData(bytes))[..16], Usable(assembly));
        }
        catch (Exception exception) when (MissingLibrary.NameOf(exception) is null
            && (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException))
        {
            throw new InputException($"The plug-in \"{path}\" cannot be read.", exception)
            {
                Hint = "Paths of plug-ins begin at the study file's folder.",
            };
        }
        catch (BadImageFormatException exception)
        {
            throw new InputException($"The plug-in \"{path}\" is not a .NET assembly.", exception);
        }
        catch (Exception exception) when (exception is ReflectionTypeLoadException or IOException)
        {
            var missing = (exception as ReflectionTypeLoadException)?.LoaderExceptions.FirstOrDefault()?.Message ?? exception.Message;
            throw new InputException($"The plug-in \"{path}\" cannot be loaded: {missing.TrimEnd('.')}.", exception)
            {
                Hint = "Put what it builds on beside it, and build it against this version of the library.",
            };
        }
    }

    private static Type[] Usable(Assembly assembly) =>
        [.. assembly.GetTypes().Where(type =>
            type is { IsPublic: true, IsAbstract: false, IsGenericTypeDefinition: false, IsClass: true })];
}
