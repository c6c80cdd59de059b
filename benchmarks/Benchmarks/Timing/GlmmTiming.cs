using System.Globalization;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Benchmarks.Timing;

/// <summary>
/// <c>glmm NODES FILE</c>, or with a random slope <c>glmm slope:NODES FILE</c>: the binary trial of benchmarks/peers/make_data.R.
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
            "deep" => "y ~ x + (1 | hospital/ward/patient)",
            _ => "y ~ trt * time + x1 + x2 + (1 | id)",
        };
        var frame = ModelFrameBuilder.Build(DatasetReader.Read(path), new FrameRequest { Formula = FormulaParser.Parse(formula) });
        var options = new GlmmOptions
        {
            Family = Family.Binomial,
            Nodes = int.Parse(parts[^1], CultureInfo.InvariantCulture),
            Threads = threads,
        };
        return () => GlmmFitter.Fit(frame, options).Coefficients.ToArray();
    }
}
