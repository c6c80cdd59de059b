using System.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Runs a scalar kernel for each lane of a vector.</summary>
/// <typeparam name="TScalar">The family and link.</typeparam>
internal readonly struct LaneByLane<TScalar> : IDensityKernel
    where TScalar : struct, IScalarKernel
{
    public static void First(Vector<double> eta, Vector<double> response, Vector<double> dispersion, out Vector<double> log, out Vector<double> first) =>
        Third(eta, response, dispersion, out log, out first, out _, out _);

    public static void Second(Vector<double> eta, Vector<double> response, Vector<double> dispersion, out Vector<double> log, out Vector<double> first, out Vector<double> second) =>
        Third(eta, response, dispersion, out log, out first, out second, out _);

    public static void Third(Vector<double> eta, Vector<double> response, Vector<double> dispersion, out Vector<double> log, out Vector<double> first, out Vector<double> second, out Vector<double> third)
    {
        log = first = second = third = Vector<double>.Zero;
        for (var lane = 0; lane < Vector<double>.Count; lane++)
        {
            log = log.WithElement(lane, TScalar.Evaluate(eta[lane], response[lane], out var slope, out var curvature, out var jerk));
            first = first.WithElement(lane, slope);
            second = second.WithElement(lane, curvature);
            third = third.WithElement(lane, jerk);
        }
    }

    public static void Dispersion(Vector<double> eta, Vector<double> response, Vector<double> dispersion, out Vector<double> log, out Vector<double> first, out Vector<double> second) =>
        log = first = second = Vector<double>.Zero;

    public static double Constant(double response, double dispersion, out double derivative) => derivative = 0;
}
