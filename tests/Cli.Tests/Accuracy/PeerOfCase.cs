using System.Text.RegularExpressions;

namespace MarginalConditional.Cli.Tests.Accuracy;

/// <summary>Which program made a case of tests/reference/cases, from the words of its source.</summary>
internal static class PeerOfCase
{
    private static readonly string[] Peers =
    [
        "RobinCar2", "MRStdCRT", "beeca", "multgee", "GLMMadaptive", "glmmTMB Laplace", "geeM", "geepack", "metafor", "ordinal", "nlme",
        "lme4",
    ];

    /// <summary>The peer with its version, or its definition written out where no program has it.</summary>
    public static string Of(string source)
    {
        var name = Array.Find(Peers, peer => source.Contains(peer, StringComparison.Ordinal));
        if (name is null || source.StartsWith("own", StringComparison.Ordinal) || source.Contains("own code (", StringComparison.Ordinal))
        {
            return "definitions written out in R";
        }

        var bare = name.Split(' ')[0];
        var version = Version(bare).Match(source);
        return version.Success ? $"{bare} {version.Groups["version"].Value}" : bare;
    }

    private static Regex Version(string name) =>
        new(Regex.Escape(name) + @" (?<version>[0-9][0-9.]*[0-9])", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
}
