using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.Standardization;

/// <summary>Predictions of some rows under one setting, with their slopes in η and τ: the scratch of one evaluation.</summary>
internal sealed class RowPoints
{
    private readonly double[] predictor;
    private readonly double[] spread;
    private double[][] transformed = [];
    private int stride = 1;

    /// <summary>Makes room.</summary>
    /// <param name="rows">The number of rows.</param>
    public RowPoints(int rows)
    {
        predictor = new double[rows];
        spread = new double[rows];
        Mean = new double[rows];
        MeanSlope = new double[rows];
        MeanSpreadSlope = new double[rows];
    }

    /// <summary>η, to be filled before an evaluation.</summary>
    public Span<double> Predictor => predictor;

    /// <summary>τ, to be filled before an evaluation.</summary>
    public Span<double> Spread => spread;

    /// <summary>E_b μ.</summary>
    public double[] Mean { get; }

    /// <summary>∂E_b μ/∂η.</summary>
    public double[] MeanSlope { get; }

    /// <summary>∂E_b μ/∂τ.</summary>
    public double[] MeanSpreadSlope { get; }

    /// <summary>E_b h(μ) of one measure; NaN where it has none.</summary>
    public double Transformed(int ratio, int row) => transformed[ratio].Length == 0 ? double.NaN : transformed[ratio][row * stride];

    /// <summary>Its slope in η, after an evaluation with slopes.</summary>
    public double TransformSlope(int ratio, int row) => transformed[ratio].Length == 0 ? double.NaN : transformed[ratio][(3 * row) + 1];

    /// <summary>Its slope in τ, after an evaluation with slopes.</summary>
    public double TransformSpreadSlope(int ratio, int row) =>
        transformed[ratio].Length == 0 ? double.NaN : transformed[ratio][(3 * row) + 2];

    /// <summary>Evaluates means and transforms at η and τ with their slopes.</summary>
    /// <param name="link">The link.</param>
    /// <param name="integral">The mean over normal effects; null when no row has a spread.</param>
    /// <param name="transforms">The transforms.</param>
    public void EvaluateWithSlopes(Link link, MarginalMean? integral, TransformedMean?[] transforms)
    {
        if (HasSpread && integral is not null)
        {
            var points = new MarginalPoint[predictor.Length];
            integral.At(predictor, spread, points);
            for (var i = 0; i < points.Length; i++)
            {
                (Mean[i], MeanSlope[i], MeanSpreadSlope[i]) = (points[i].Mean, points[i].MeanSlope, points[i].MeanSpreadSlope);
            }
        }
        else
        {
            link.MeanAndDerivative(predictor, Mean, MeanSlope);
            MeanSpreadSlope.AsSpan().Clear();
        }

        MakeRoom(transforms, 3);
        for (var t = 0; t < transforms.Length; t++)
        {
            transforms[t]?.At(predictor, spread, transformed[t]);
        }
    }

    /// <summary>Evaluates means and transforms at η and τ, and no slopes.</summary>
    /// <param name="link">The link.</param>
    /// <param name="integral">The mean over normal effects; null when no row has a spread.</param>
    /// <param name="transforms">The transforms.</param>
    public void Evaluate(Link link, MarginalMean? integral, TransformedMean?[] transforms)
    {
        if (HasSpread && integral is not null)
        {
            integral.Means(predictor, spread, Mean);
        }
        else
        {
            link.Mean(predictor, Mean);
        }

        MakeRoom(transforms, 1);
        for (var t = 0; t < transforms.Length; t++)
        {
            transforms[t]?.Means(predictor, spread, transformed[t]);
        }
    }

    private bool HasSpread => spread.AsSpan().ContainsAnyExcept(0.0);

    private void MakeRoom(TransformedMean?[] transforms, int numbers)
    {
        if (transformed.Length != transforms.Length || stride != numbers)
        {
            stride = numbers;
            transformed = [.. transforms.Select(transform => new double[transform is null ? 0 : numbers * predictor.Length])];
        }
    }
}
