using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.Standardization;

/// <summary>Predictions of some rows under one setting, with their slopes in η and τ: the scratch of one evaluation.</summary>
internal sealed class RowPoints
{
    private readonly double[] predictor;
    private readonly double[] spread;
    private readonly MarginalPoint[] points;
    private (double Value, double Slope, double SpreadSlope)[][] transformed = [];

    /// <summary>Makes room.</summary>
    /// <param name="rows">The number of rows.</param>
    public RowPoints(int rows)
    {
        predictor = new double[rows];
        spread = new double[rows];
        points = new MarginalPoint[rows];
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
    public double Transformed(int ratio, int row) => transformed[ratio].Length == 0 ? double.NaN : transformed[ratio][row].Value;

    /// <summary>Its slope in η.</summary>
    public double TransformSlope(int ratio, int row) => transformed[ratio].Length == 0 ? double.NaN : transformed[ratio][row].Slope;

    /// <summary>Its slope in τ.</summary>
    public double TransformSpreadSlope(int ratio, int row) =>
        transformed[ratio].Length == 0 ? double.NaN : transformed[ratio][row].SpreadSlope;

    /// <summary>Evaluates means and transforms at η and τ.</summary>
    /// <param name="link">The link.</param>
    /// <param name="integral">The mean over normal effects; null when no row has a spread.</param>
    /// <param name="transforms">The transforms.</param>
    public void Evaluate(Link link, MarginalMean? integral, TransformedMean?[] transforms)
    {
        if (spread.AsSpan().ContainsAnyExcept(0.0) && integral is not null)
        {
            integral.At(predictor, spread, points);
            for (var i = 0; i < points.Length; i++)
            {
                (Mean[i], MeanSlope[i], MeanSpreadSlope[i]) = (points[i].Mean, points[i].MeanSlope, points[i].MeanSpreadSlope);
            }
        }
        else
        {
            for (var i = 0; i < points.Length; i++)
            {
                (Mean[i], MeanSlope[i], MeanSpreadSlope[i]) = (link.Mean(predictor[i]), link.Derivative(predictor[i]), 0);
            }
        }

        if (transformed.Length != transforms.Length)
        {
            transformed = [.. transforms.Select(transform =>
                new (double Value, double Slope, double SpreadSlope)[transform is null ? 0 : points.Length])];
        }

        for (var t = 0; t < transforms.Length; t++)
        {
            transforms[t]?.At(predictor, spread, transformed[t]);
        }
    }
}
