using System.Globalization;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Data;
using MarginalConditional.Statistics.Families;
using YamlDotNet.RepresentationModel;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>The settings of one scenario: read, checked, and turned into a mechanism and into canonical text.</summary>
internal sealed class ScenarioSettings
{
    /// <summary>The most rows a trial may have, on average: as many as a machine holds beside the fits.</summary>
    private const double LargestTrial = 10_000_000;

    /// <summary>Beyond it every outcome is sure under every link.</summary>
    private const double LargestSigma = 1_000;

    private const double LargestEffect = 1e12;

    private static readonly TrialDesign[] Designs = [TrialDesign.Parallel, TrialDesign.Longitudinal, TrialDesign.Crossover];

    private static readonly (string Outcome, Family Family, Link[] Links)[] Outcomes =
    [
        ("binary", Family.Binomial, [Link.Logit, Link.Probit, Link.Cloglog]),
        ("count", Family.Poisson, [Link.Log]),
        ("continuous", Family.Gaussian, [Link.Identity]),
    ];

    /// <summary>The design a setting belongs to, when not to all.</summary>
    private static readonly Dictionary<string, TrialDesign> OfOneDesign = new(StringComparer.Ordinal)
    {
        ["period"] = TrialDesign.Crossover,
        ["carry-over"] = TrialDesign.Crossover,
        ["trend"] = TrialDesign.Longitudinal,
        ["arm-difference"] = TrialDesign.Longitudinal,
    };

    private readonly YamlSection section;
    private readonly IReadOnlyDictionary<string, YamlNode> cell;
    private readonly Dictionary<string, string> canonical = new(StringComparer.Ordinal);
    private readonly HashSet<string> atDefault = new(StringComparer.Ordinal);

    /// <summary>Wraps one cell of the grid.</summary>
    public ScenarioSettings(YamlSection section, IReadOnlyDictionary<string, YamlNode> cell)
    {
        this.section = section;
        this.cell = cell;
    }

    /// <summary>Every setting's name.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "design", "clusters", "cluster-size", "outcome", "link", "baseline", "effect", "period", "carry-over", "trend", "arm-difference",
        "random-effect", "sigma", "residual-sd",
    ];

    /// <summary>The settings that have no default.</summary>
    public static IReadOnlyList<string> Required { get; } = ["clusters", "cluster-size", "effect", "sigma"];

    /// <summary>The settings in canonical text, after <see cref="Mechanism"/>: numbers that were given, and all choices.</summary>
    public IReadOnlyDictionary<string, string> Canonical => canonical;

    /// <summary>The settings written out that say no more than their default.</summary>
    public IReadOnlySet<string> AtDefault => atDefault;

    /// <summary>The mechanism the settings mean.</summary>
    public Mechanism Mechanism()
    {
        var design = Choose("design", "parallel", Designs, candidate => candidate.Name);
        foreach (var (name, owner) in OfOneDesign)
        {
            if (owner != design && cell.TryGetValue(name, out var node))
            {
                throw section.Error(
                    node,
                    $"The setting {name} has no meaning in the {design.Name} design.",
                    $"It belongs to the {owner.Name} design.");
            }
        }

        var (_, family, links) = Choose("outcome", "binary", Outcomes, candidate => candidate.Outcome);
        var link = Choose("link", links[0].Name, links, candidate => candidate.Name);
        if (family != Family.Gaussian && cell.TryGetValue("residual-sd", out var residual))
        {
            throw section.Error(residual, "The setting residual-sd has a meaning for continuous outcomes only.");
        }

        var sigma = Number("sigma", 0, least: 0, most: LargestSigma);
        var law = ShapedName.ReadEffectLaw(section, Node("random-effect"), Text("random-effect", "normal"), sigma);
        canonical["random-effect"] = law.Name;
        if (link == Link.Log && law.StandardDeviation > 0 && !law.HasExponentialMoments)
        {
            throw section.Error(
                Node("random-effect"),
                $"With a log link the marginal mean under {law} effects is infinite.",
                "Choose normal effects.");
        }

        var size = ShapedName.ReadSizeLaw(section, Node("cluster-size"), Text("cluster-size", ""));
        canonical["cluster-size"] = size.Name;
        var clusters = (int)Number("clusters", 0, least: 4, most: 1_000_000, whole: true);
        var problem = clusters * size.Mean > LargestTrial
            ? FormattableString.Invariant($"A trial of {clusters} clusters of this size has more than {LargestTrial:#,0} rows.")
            : design.SizeProblem(size);
        return problem is not null
            ? throw section.Error(Node("cluster-size"), problem)
            : new Mechanism
            {
                Design = design,
                Clusters = clusters,
                Size = size,
                RandomEffect = law,
                Family = family,
                Link = link,
                Effects = Effects(),
                ResidualDeviation = family == Family.Gaussian ? Number("residual-sd", 1, least: 1e-12) : 1,
            };
    }

    private TrialEffects Effects() => new()
    {
        Baseline = Number("baseline", 0),
        Effect = Number("effect", 0),
        Period = Number("period", 0),
        CarryOver = Number("carry-over", 0),
        Trend = Number("trend", 0),
        ArmDifference = Number("arm-difference", 0),
    };

    private YamlNode Node(string name) => cell.TryGetValue(name, out var node) ? node : section.Require("sigma");

    private string Text(string name, string whenAbsent) => cell.TryGetValue(name, out var node) ? section.Scalar(node, name) : whenAbsent;

    private T Choose<T>(string name, string whenAbsent, T[] candidates, Func<T, string> nameOf)
    {
        var text = Text(name, whenAbsent);
        var index = Array.FindIndex(candidates, candidate => nameOf(candidate) == text);
        if (index < 0)
        {
            var names = candidates.Select(nameOf).ToArray();
            throw section.Error(
                Node(name),
                $"The setting {name} is \"{text}\".{Suggestion.Sentence(text, names)}",
                $"It takes {string.Join(", ", names)}.");
        }

        canonical[name] = text;
        return candidates[index];
    }

    private double Number(
        string name, double whenAbsent, double least = -LargestEffect, double most = LargestEffect, bool whole = false)
    {
        if (!cell.TryGetValue(name, out var node))
        {
            return whenAbsent;
        }

        var text = section.Scalar(node, name);
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            throw section.Error(node, $"The setting {name} is \"{text}\"; it must be a number.");
        }

        if (value < least || value > most || (whole && value != Math.Floor(value)))
        {
            var limits = $"from {Shown(least)} to {Shown(most)}";
            throw section.Error(node, $"The setting {name} is {text}; it must be {(whole ? "a whole number, " : "")}{limits}.");
        }

        value += 0.0; // -0 is 0
        canonical[name] = Shown(value);
        if (value == whenAbsent && !Required.Contains(name))
        {
            atDefault.Add(name);
        }

        return value;
    }

    private static string Shown(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
