using MarginalConditional.Compare.Simulation.Calibration;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.PlugIns;
using MarginalConditional.Statistics.Families;
using YamlDotNet.RepresentationModel;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>The settings of one scenario: read, checked, and turned into a mechanism and into canonical text.</summary>
internal sealed class ScenarioSettings
{
    /// <summary>The most rows a trial may have, on average: as many as a machine holds beside the fits.</summary>
    private const double LargestTrial = 10_000_000;

    private readonly ScenarioCell cell;
    private readonly Dictionary<string, CalibratedTrial> known;

    /// <summary>Wraps one cell of the grid.</summary>
    /// <param name="section">The section of the file.</param>
    /// <param name="cell">The settings.</param>
    /// <param name="plugIns">The types that settings may name; null for none.</param>
    /// <param name="known">The parameters solved for other cells of the grid, to which those of this one are added; null for none.</param>
    public ScenarioSettings(
        YamlSection section,
        IReadOnlyDictionary<string, YamlNode> cell,
        PlugInSet? plugIns = null,
        Dictionary<string, CalibratedTrial>? known = null)
    {
        this.cell = new ScenarioCell(section, cell, WithoutDefault, plugIns ?? PlugInSet.None);
        this.known = known ?? new Dictionary<string, CalibratedTrial>(StringComparer.Ordinal);
    }

    /// <summary>Every setting's name.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "clusters", "cluster-size", "baseline", "effect", "period", "carry-over", "trend", "arm-difference",
        .. Enumerable.Range(3, DesignSettings.MostArms - 2).Select(EffectName),
        .. DesignSettings.Names, .. OutcomeSettings.Names, .. OrdinalSettings.Names, .. VariationSettings.Names, .. CovariateSettings.Names,
        .. MarginalSettings.Names, .. CalibrationSettings.Names, .. MissingnessSettings.Names,
    ];

    /// <summary>The settings that every study has to have.</summary>
    public static IReadOnlyList<string> Required { get; } = ["clusters", "cluster-size"];

    /// <summary>The settings that have no default: where they are given they say something, whatever they say.</summary>
    private static IReadOnlyList<string> WithoutDefault { get; } = [.. Required, "sigma", "effect"];

    /// <summary>The settings in canonical text, after <see cref="Mechanism"/>: numbers that were given, and all choices.</summary>
    public IReadOnlyDictionary<string, string> Canonical => cell.Canonical;

    /// <summary>The settings written out that say no more than their default.</summary>
    public IReadOnlySet<string> AtDefault => cell.AtDefault;

    /// <summary>The parameters solved, after <see cref="Mechanism"/>; null where the settings are the parameters.</summary>
    public CalibratedTrial? Solved { get; private set; }

    /// <summary>The mechanism the settings mean.</summary>
    public Mechanism Mechanism()
    {
        var design = DesignSettings.Read(cell);
        foreach (var name in Lacking(design))
        {
            throw cell.Section.Error(cell.Node("clusters"), $"The data-generating mechanisms lack \"{name}\".");
        }

        var cumulative = OrdinalSettings.ReadLink(cell);
        var (family, link) = cumulative is null ? OutcomeSettings.Read(cell) : (Family.Binomial, cumulative.Marginal);
        var law = VariationSettings.ReadIntercept(cell);
        var size = ReadSize();
        var clusters = (int)cell.Number("clusters", 0, least: 4, most: 1_000_000, whole: true);
        var problem = clusters * size.Mean > LargestTrial
            ? FormattableString.Invariant($"A trial of {clusters} clusters of this size has more than {LargestTrial:#,0} rows.")
            : design.SizeProblem(size);
        if (problem is not null)
        {
            throw cell.Error("cluster-size", problem);
        }

        RequireClusters(design, clusters);
        var mechanism = new Mechanism
        {
            Design = design,
            Clusters = clusters,
            Size = size,
            RandomEffect = law,
            Family = family,
            Link = link,
            Effects = Effects(design),
            ResidualDeviation = OutcomeSettings.ReadResidual(cell, family),
            TreatedEffect = VariationSettings.ReadTreatedIntercept(cell, law),
            Variation = VariationSettings.Read(cell, law),
            SizeDependence = VariationSettings.ReadSizeDependence(cell),
            Covariates = CovariateSettings.Read(cell, design),
            Generation = MarginalSettings.Read(cell, family),
        };
        mechanism = CalibrationSettings.Read(cell, mechanism, known, out var solved);
        Solved = solved;
        if (cumulative is not null)
        {
            mechanism = OrdinalSettings.Cut(cell, mechanism, cumulative);
        }

        OutcomeSettings.RequireDomain(cell, mechanism);
        MarginalSettings.RequireExistence(cell, mechanism);
        mechanism = MissingnessSettings.Read(cell, mechanism);
        if (cell.PlugIns.Signature.Length > 0)
        {
            cell.Keep("plugins", cell.PlugIns.Signature);
        }

        return mechanism;
    }

    /// <summary>What is needed and not given.</summary>
    private IEnumerable<string> Lacking(ITrialDesign design)
    {
        if (design.Treatments > 1 && !cell.Has("effect"))
        {
            yield return "effect";
        }

        if (!cell.Has("sigma") && !cell.Has("icc") && !MarginalSettings.IsMarginal(cell))
        {
            yield return "sigma";
        }
    }

    /// <summary>The setting with the effect of an arm, 3 or more.</summary>
    internal static string EffectName(int arm) => FormattableString.Invariant($"effect-arm{arm}");

    /// <summary>Refuses trials in which an arm or sequence has no cluster.</summary>
    private void RequireClusters(ITrialDesign design, int clusters)
    {
        var seen = new HashSet<int>();
        for (var c = 0; c < clusters && seen.Count < design.Sequences; c++)
        {
            seen.Add(design.Sequence(c));
        }

        if (design.TreatsWholeClusters || !design.IsSaturated)
        {
            if (seen.Count < design.Sequences)
            {
                throw cell.Error(
                    "clusters",
                    FormattableString.Invariant($"With {clusters} clusters some of the {design.Sequences} arms or sequences have none."));
            }
        }
    }

    private ISizeLaw ReadSize()
    {
        var text = cell.Text("cluster-size", "");
        var size = cell.PlugIn<ISizeLaw>("cluster-size")
            ?? ShapedName.ReadSizeLaw(cell.Section, cell.Node("cluster-size"), text);
        cell.Keep("cluster-size", size is SizeLaw ? size.Name : text);
        return size;
    }

    private TrialEffects Effects(ITrialDesign design) => new()
    {
        Baseline = cell.Number("baseline", 0),
        Effect = cell.Number("effect", 0),
        Period = cell.Number("period", 0),
        CarryOver = cell.Number("carry-over", 0),
        Trend = cell.Number("trend", 0),
        ArmDifference = cell.Number("arm-difference", 0),
        FurtherEffects = [.. Enumerable.Range(3, DesignSettings.MostArms - 2).TakeWhile(arm => IsArm(design, arm)).Select(arm =>
            cell.Number(EffectName(arm), 0))],
    };

    /// <summary>Whether the design has an arm; a setting for one that it does not have is refused.</summary>
    private bool IsArm(ITrialDesign design, int arm)
    {
        if (arm <= design.Treatments)
        {
            return true;
        }

        var name = Enumerable.Range(arm, DesignSettings.MostArms + 1 - arm).Select(EffectName).FirstOrDefault(cell.Has);
        return name is null ? false : throw cell.Error(
            name, FormattableString.Invariant($"The setting {name} has no meaning in a trial of {design.Treatments} arms."));
    }
}
