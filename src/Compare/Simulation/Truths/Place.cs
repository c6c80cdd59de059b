using System.Runtime.InteropServices;

namespace MarginalConditional.Compare.Simulation.Truths;

/// <summary>A kind of rows of a trial, all of one arm, place and size of cluster, with what they count.</summary>
/// <param name="Sequence">The clusters' arm or sequence, from 0.</param>
/// <param name="Row">The row within the cluster, from 0.</param>
/// <param name="Size">The cluster's size.</param>
/// <param name="Participants">Their share of all rows.</param>
/// <param name="Clusters">Their share when every cluster counts the same.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Place(int Sequence, int Row, int Size, double Participants, double Clusters);
