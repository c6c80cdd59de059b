using System.Runtime.Intrinsics;

namespace MarginalConditional.Statistics.Families;

/// <summary>An elementwise function of one vector with one result.</summary>
internal interface IVectorFunction
{
    /// <summary>The function's values, element by element.</summary>
    static abstract Vector256<double> Invoke(Vector256<double> x);
}
