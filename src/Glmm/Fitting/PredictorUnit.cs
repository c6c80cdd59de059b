using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>The unit of linear predictors that are not logarithms or the like: grams or kilometres, so to say.</summary>
internal static class PredictorUnit
{
    private const double ShareOfLevel = 0.25;
    private const double SmallestMean = 1e-8;

    /// <summary>Whether a link's predictors are logarithms or the like, on a scale of their own whose unit is 1.</summary>
    public static bool IsOne(Link link) => link != Link.Identity && link != Link.Inverse && link != Link.Sqrt;

    /// <summary>A unit near the spread of the predictors, in which the iteration runs.</summary>
    public static double Of(ModelFrame frame, GlmmOptions options)
    {
        var link = options.EffectiveLink;
        if (IsOne(link))
        {
            return 1;
        }

        var mean = SpanMath.Sum(frame.Response) / Math.Max(1, frame.Rows);
        if (options.Family != Family.Gaussian)
        {
            // Effects may not take the predictor below zero, so they are small beside it.
            return ColumnScaling.ScaleOf([ShareOfLevel * link.Predictor(Math.Max(mean, SmallestMean))]);
        }

        var response = frame.Response.ToArray();
        SpanMath.Subtract(response, mean, response);
        return ColumnScaling.ScaleOf(response);
    }
}
