using MarginalConditional.Compare.Summaries;
using MarginalConditional.Gee;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The clusters of a simulated trial summed up, once for all methods that compare them. Immutable.</summary>
internal sealed class SummarizedTrial
{
    private SummarizedTrial(TrialArms arms, ClusterOutcomes outcomes, SummaryOptions options)
    {
        Arms = arms;
        Outcomes = outcomes;
        Options = options;
        Rows = new SummaryRows(arms, outcomes, options);
    }

    /// <summary>The arm of each cluster.</summary>
    public TrialArms Arms { get; }

    /// <summary>The clusters' sums and means.</summary>
    public ClusterOutcomes Outcomes { get; }

    /// <summary>As the command's: t tests at its usual tolerances.</summary>
    public SummaryOptions Options { get; }

    /// <summary>The estimates.</summary>
    public SummaryRows Rows { get; }

    /// <summary>Sums up a replicate, or takes what another method has summed up.</summary>
    public static SummarizedTrial Of(Replicate replicate) => replicate.Shared(nameof(SummarizedTrial), () => new SummarizedTrial(
        replicate.SharedByDesign(nameof(SummarizedTrial), () => RandomizedArms.OfClusters(replicate)),
        ClusterOutcomes.Of(replicate.Frame, replicate.Model.Link),
        replicate.SharedByDesign(replicate.Model, () => new SummaryOptions
        {
            Treatment = replicate.Frame.Design.Names[replicate.Model.EffectColumn],
            TreatmentColumns = RandomizedArms.Columns(replicate),
            Gee = new GeeOptions { Family = replicate.Model.Family, Link = replicate.Model.Link, Threads = 1 },
        })));
}
