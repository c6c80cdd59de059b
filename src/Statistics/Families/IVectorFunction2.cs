using System.Runtime.Intrinsics;

namespace MarginalConditional.Statistics.Families;

/// <summary>An elementwise function of one vector with two results.</summary>
internal interface IVectorFunction2
{
    /// <summary>Both functions' values, element by element.</summary>
    static abstract (Vector256<double> First, Vector256<double> Second) Invoke(Vector256<double> x);
}
