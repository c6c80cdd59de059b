using MarginalConditional.Data.Frames;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>The probability π of every row that it is 0 whatever its mean.</summary>
internal static class InflationProbability
{
    /// <summary>n numbers, 0 without excess zeros.</summary>
    /// <param name="model">The model.</param>
    /// <param name="parameters">All parameters, in the data's units.</param>
    public static double[] Of(PreparedModel model, ReadOnlySpan<double> parameters)
    {
        var probabilities = new double[model.Frame.Rows];
        if (!model.Density.IsInflated)
        {
            return probabilities;
        }

        var gamma = parameters.Slice(model.Map.InflationStart, model.Map.InflationColumns);
        for (var row = 0; row < probabilities.Length; row++)
        {
            probabilities[row] = Of(model.Frame, gamma, row);
        }

        return probabilities;
    }

    /// <summary>That of one row.</summary>
    /// <param name="frame">The data.</param>
    /// <param name="gamma">γ, in the data's units; empty without excess zeros.</param>
    /// <param name="row">The row.</param>
    public static double Of(ModelFrame frame, ReadOnlySpan<double> gamma, int row)
    {
        if (gamma.IsEmpty)
        {
            return 0;
        }

        var predictor = 0.0;
        for (var j = 0; j < gamma.Length; j++)
        {
            predictor += gamma[j] * (frame.Inflation?.Column(j)[row] ?? 1);
        }

        return 1 / (1 + Math.Exp(-predictor));
    }
}
