using System.Reflection;
using System.Runtime.Loader;

namespace MarginalConditional.Compare.Simulation.PlugIns;

/// <summary>Finds what a plug-in builds on: this program's assemblies first, then those beside the plug-in.</summary>
internal sealed class PlugInContext(string path) : AssemblyLoadContext(Path.GetFileName(path))
{
    private readonly string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        if (Default.Assemblies.Any(known => known.GetName().Name == assemblyName.Name))
        {
            return null;
        }

        try
        {
            return Default.LoadFromAssemblyName(assemblyName);
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            var beside = Path.Combine(folder, assemblyName.Name + ".dll");
            return File.Exists(beside) ? LoadFromAssemblyPath(beside) : null;
        }
    }
}
