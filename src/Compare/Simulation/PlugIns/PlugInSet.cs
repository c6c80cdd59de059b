using System.Reflection;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Simulation.PlugIns;

/// <summary>The plug-ins of a study: types that implement the interfaces of its parts, found by their names. Immutable.</summary>
internal sealed class PlugInSet
{
    private readonly IReadOnlyList<PlugInAssembly> assemblies;

    private PlugInSet(IReadOnlyList<PlugInAssembly> assemblies)
    {
        this.assemblies = assemblies;
        Signature = string.Join(' ', assemblies.Select(assembly => $"{assembly.Name}:{assembly.Hash}"));
    }

    /// <summary>No plug-ins.</summary>
    public static PlugInSet None { get; } = new([]);

    /// <summary>Names and hashes of the assemblies, as they enter the hashes of scenarios; empty without plug-ins.</summary>
    public string Signature { get; }

    /// <summary>Loads assemblies.</summary>
    /// <param name="paths">The files.</param>
    public static PlugInSet Load(IEnumerable<string> paths)
    {
        PlugInAssembly[] assemblies = [.. paths.Select(PlugInAssembly.Load)];
        return assemblies.Length == 0 ? None : new PlugInSet(assemblies);
    }

    /// <summary>The names of all types of a kind.</summary>
    /// <typeparam name="T">An interface of a part of studies.</typeparam>
    public IEnumerable<string> NamesOf<T>() => TypesOf<T>().Select(type => type.Name);

    /// <summary>Makes the part that a study file names by its type; null when no plug-in has such a type.</summary>
    /// <typeparam name="T">An interface of a part of studies.</typeparam>
    /// <param name="name">The type's name, with its namespace or without.</param>
    /// <exception cref="InputException">Two types are called so, or the type cannot be made.</exception>
    public T? Create<T>(string name)
        where T : class
    {
        Type[] found = [.. TypesOf<T>().Where(type => type.Name == name || type.FullName == name)];
        if (found.Length > 1)
        {
            throw new InputException($"The plug-ins have {found.Length} types called \"{name}\".")
            {
                Hint = $"Say which with its namespace: {string.Join(", ", found.Select(type => type.FullName))}.",
            };
        }

        return found.Length == 0 ? null : (T)Make(found[0]);
    }

    private IEnumerable<Type> TypesOf<T>() =>
        assemblies.SelectMany(assembly => assembly.Types).Where(type => type.IsAssignableTo(typeof(T)));

    private static object Make(Type type)
    {
        if (type.GetConstructor(Type.EmptyTypes) is null)
        {
            throw new InputException($"The plug-in's type {type.FullName} has no public constructor without parameters.")
            {
                Hint = "A study file makes a part by its type's name alone.",
            };
        }

        try
        {
            return Activator.CreateInstance(type)!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            throw new InputException($"The constructor of the plug-in's type {type.FullName} ended with an error: {inner.Message}", inner);
        }
    }
}
