package rules

// allChecks are the checks that can show a gap at a line.
var allChecks = []*Check{
	checkImageOnly, checkCloudScript,
	checkLocalState, checkUnlockedState, checkCommittedState, checkMovingModule, checkUnboundedProvider, checkUnboundedTerraform, checkNoLockFile,
	checkMovingImage, checkMovingBase, checkMovingChart, checkMovingDependency,
	checkPlainSecret, checkConsoleSetting,
	checkIgnoredTests, checkIgnoredLint, checkIdleGate, checkNoTests, checkMissingScript, checkByHand, checkUnrunDeployment, checkUnapplied, checkManualDeployment, checkWaitingWorkspace, checkUntestedDeployment, checkUntestedRelease,
	checkDriftedVersion, checkDriftedBlock, checkDeadLink, checkDeadAnchor, checkDeadPath, checkDeadCommand, checkStale, checkThinReadme, checkEmptyDocument,
	checkAskSomebody, checkNoGuide, checkTypedSequence,
	checkNoTestTask, checkDeadScript, checkRivalVendors, checkDeadPipeline, checkRivalManagers,
	checkOneAuthor, checkNarrowOwners, checkUnreadOwners, checkGhostOwner,
	checkTicketForInfrastructure, checkMovingShared, checkHandCopy,
	checkIgnoredLock, checkRunImage, checkMovingSync, checkMovingSource, checkBranchFile, checkLatestTool, checkMovingAction, checkMovingRun, checkIgnoredPackages, checkAbsentPath,
	checkNoUpdates, checkUncovered, checkIdleUpdates,
	checkSecretOutput, checkCopiedEnvironment, checkNoRemediation, checkFixedSize,
	checkSoftScan, checkIdlePolicy, checkDeadEntry, checkHealingOff,
}
