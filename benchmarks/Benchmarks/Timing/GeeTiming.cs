using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Benchmarks.Timing;

/// <summary><c>gee CORRELATION FILE</c>: the binary trial of benchmarks/peers/make_data.R.</summary>
internal sealed class GeeTiming : ITimedMethod
{
    /// <inheritdoc/>
    public string Name => "gee";

    /// <inheritdoc/>
    public Func<double[]> Prepare(string detail, string path, int threads)
    {
        var structure = detail switch
        {
            "exchangeable" => WorkingCorrelation.Exchangeable,
            "ar1" => WorkingCorrelation.Ar1,
            "unstructured" => WorkingCorrelation.Unstructured,
            "independence" => WorkingCorrelation.Independence,
            _ => throw new ArgumentException($"There is no timing for the correlation \"{detail}\".", nameof(detail)),
        };
        var frame = Read(path);
        var options = new GeeOptions
        {
            Family = Family.Binomial,
            Correlation = structure,
            Moments = MomentConvention.Geepack,
            Threads = threads,
        };
        return () => GeeFitter.Fit(frame, options).Coefficients.ToArray();
    }

    /// <summary>The trial with the formula that the peers fit.</summary>
    public static ModelFrame Read(string path)
    {
        var request = new FrameRequest
        {
            Formula = FormulaParser.Parse("y ~ trt * time + x1 + x2"),
            Cluster = "id",
            PositionMatters = true,
        };
        return ModelFrameBuilder.Build(DatasetReader.Read(path, new DatasetReaderOptions()), request);
    }
}
