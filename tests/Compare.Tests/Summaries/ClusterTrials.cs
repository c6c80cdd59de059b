using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Summaries;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Summaries;

/// <summary>Trials by cluster as frames, from the reference data and from text, and their cluster-level analysis.</summary>
internal static class ClusterTrials
{
    /// <summary>The analysis of a reference data set.</summary>
    public static ClusterSummaries OfReference(string data, string formula, Family? family = null) =>
        Summarize(ReferenceFrames.Build(data, formula, "cluster"), family ?? Family.Binomial, options => options);

    /// <summary>The frame of a CSV text whose column <c>id</c> tells the clusters.</summary>
    public static ModelFrame Frame(string text, string formula, Func<FrameRequest, FrameRequest>? change = null)
    {
        var request = new FrameRequest { Formula = FormulaParser.Parse(formula), Cluster = "id" };
        request = change?.Invoke(request) ?? request;
        return ModelFrameBuilder.Build(DatasetReader.Read("trial.csv", System.Text.Encoding.UTF8.GetBytes(text)), request);
    }

    /// <summary>The analysis of a frame, whose treatment is <c>arm</c>.</summary>
    public static ClusterSummaries Summarize(ModelFrame frame, Family family, Func<SummaryOptions, SummaryOptions>? change = null)
    {
        var options = new SummaryOptions
        {
            Treatment = "arm",
            Gee = new GeeOptions { Family = family, Threads = 1 },
            TreatmentColumns = [.. TreatmentEffect.Find(frame.Design, "arm").Select(effect => effect.Column)],
        };
        return ClusterSummarizer.Summarize(frame, change?.Invoke(options) ?? options);
    }

    /// <summary>The estimate of an estimand, weighting and scale.</summary>
    public static ClusterSummary Row(
        this ClusterSummaries summaries, string estimand, string weighting, string scale, bool adjusted = false, string? treated = null) =>
        Assert.Single(summaries.Estimates, row => row.Estimand.Name == estimand && row.Weighting.Name == weighting
            && row.Scale == scale && row.IsAdjusted == adjusted && (treated is null || row.Treated == treated));
}
