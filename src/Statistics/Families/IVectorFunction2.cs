using System.Numerics;

namespace MarginalConditional.Statistics.Families;

/// <summary>An elementwise function of one vector with two results.</summary>
internal interface IVectorFunction2
{
    /// <summary>Both functions' values, element by element.</summary>
    static abstract (Vector<double> First, Vector<double> Second) Invoke(Vector<double> x);
}
