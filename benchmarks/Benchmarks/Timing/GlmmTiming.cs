using System.Globalization;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Benchmarks.Timing;

/// <summary>
/// <c>glmm NODES FILE</c>, or with a random slope <c>glmm slope:NODES FILE</c>: the binary trial of benchmarks/peers/make_data.R.
/// <c>glmm insteval:1 FILE</c>, <c>verbagg:1</c> and <c>million:1</c>: crossed effects, on files that benchmarks/peers/crossed.R writes.
/// <c>glmm few:NODES FILE</c>: few large clusters, on files that benchmarks/peers/few_large.R writes.
/// <c>glmm nested:NODES FILE</c> and <c>glmm deep:1 FILE</c>: its patients in wards in hospitals, by two levels and by three.
/// </summary>
internal sealed class GlmmTiming : ITimedMethod
{
    /// <inheritdoc/>
    public string Name => "glmm";

    /// <inheritdoc/>
    public Func<double[]> Prepare(string detail, string path, int threads)
    {
        var parts = detail.Split(':');
        var formula = parts[0] switch
        {
            "slope" => "y ~ trt * time + x1 + x2 + (time | id)",
            "nested" => "y ~ x + (1 | hospital/ward)",
            "insteval" => "yb ~ service + (1 | s) + (1 | d) + (1 | dept)",
            "verbagg" => "r2 ~ Anger + Gender + btype + situ + mode + (1 | id) + (1 | item)",
            "million" => "b ~ x + (1 | s) + (1 | i)",
            "few" => "y ~ x + (1 | id)",
            "deep" => "y ~ x + (1 | hospital/ward/patient)",
            _ => "y ~ trt * time + x1 + x2 + (1 | id)",
        };
        var frame = ModelFrameBuilder.Build(DatasetReader.Read(path), new FrameRequest
        {
            Formula = FormulaParser.Parse(formula),
            Factors = parts[0] == "insteval" ? ["service"] : [],
        });
        var options = new GlmmOptions
        {
            Family = Family.Binomial,
            Nodes = int.Parse(parts[^1], CultureInfo.InvariantCulture),
            Threads = threads,
        };
        return () => GlmmFitter.Fit(frame, options).Coefficients.ToArray();
    }
}
