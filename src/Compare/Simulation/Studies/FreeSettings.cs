using YamlDotNet.RepresentationModel;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Reads one cell of a grid whose settings a generator of somebody else's gives their meaning.</summary>
internal static class FreeSettings
{
    /// <summary>The settings in the file's own text.</summary>
    /// <exception cref="Data.InputException">A setting's name is none, or its value is not a single one.</exception>
    public static IReadOnlyDictionary<string, string> Read(YamlSection section, IReadOnlyDictionary<string, YamlNode> cell)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, node) in cell)
        {
            if (name.Length == 0 || !char.IsAsciiLetter(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            {
                throw section.Error(
                    node,
                    $"The setting \"{name}\" has no name that all languages take: letters, digits, \"-\", \"_\" and \".\" after a letter.");
            }

            settings[name] = section.Scalar(node, name);
        }

        return settings;
    }
}
